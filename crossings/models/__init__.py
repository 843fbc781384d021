"""The models: projection, effects of past events, scenarios, queues."""
