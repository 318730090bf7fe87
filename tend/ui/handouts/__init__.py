"""Files to hand round: asked for on any page, written beside the app, taken along."""
