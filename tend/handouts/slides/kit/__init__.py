"""What slides are made with: frozen values in, a .pptx out; nothing else knows PowerPoint."""
