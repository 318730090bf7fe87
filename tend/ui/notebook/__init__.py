"""The notebook: questions of one's own, asked, charted, kept."""
