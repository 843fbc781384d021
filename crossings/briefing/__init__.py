"""A briefing put together from figures of any page: what was collected, made anew, worded and checked."""
