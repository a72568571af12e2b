"""XLSForms: `convert` goes by `workbook` and `inward` to a questionnaire, by `outward` back."""
