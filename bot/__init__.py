"""Understanding questions and answering them, independent of any platform."""
