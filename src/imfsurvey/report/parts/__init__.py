"""The parts of the summary report, each made of figures and turned into blocks of text."""
