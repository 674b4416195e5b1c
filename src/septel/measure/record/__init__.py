"""Statements, speakers, stances and issues against gold."""
