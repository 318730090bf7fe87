"""The review file: chosen pages in one HTML file that any browser opens, without a server."""
