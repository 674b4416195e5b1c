from .outcomes import WorkItem as WorkItem
