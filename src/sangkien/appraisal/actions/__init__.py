"""What is done to entries under appraisal; each a transaction with its acts."""
