"""What is measured: costs against floors of the same run, and how they grow with the company."""
