"""The papers around a survey: notice, impact assessment, register.

All of them say what `facts` knows of the study and the wave, so that they say the same.
"""
