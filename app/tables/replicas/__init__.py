"""Replicas of the database: copies that follow its log, and answer reads."""
