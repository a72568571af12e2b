"""The way in: `questionnaire` takes `groups`, `sections`, `item_types`, `items` in this order."""
