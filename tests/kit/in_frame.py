"""The frame as the main script, with no folder `pages/` beside it: AppTest stays in the frame."""

from tend.ui.frame import frame

frame.show()
