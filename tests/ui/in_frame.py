"""The frame as the main script, with no folder `pages/` beside it: AppTest stays in the frame."""

from tend.ui import frame

frame.show()
