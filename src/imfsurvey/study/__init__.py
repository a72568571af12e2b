"""The study folder and its life: waves, collecting, closing, figures released."""
