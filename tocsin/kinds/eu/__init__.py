"""Kinds of personal data of European countries other than France; a file bears its kind's name (`be_nn` is `be.nn`)."""
