"""Charts as SVG: layout worked out here, every text measured, every value also in words."""
