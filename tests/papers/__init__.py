"""Files taken apart into their papers."""
