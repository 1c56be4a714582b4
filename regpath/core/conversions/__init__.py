"""The only place that converts between lambda and other systems' strengths."""
