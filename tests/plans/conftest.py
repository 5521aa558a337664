from django.conf import settings

# Most plans are PostgreSQL's, the engine of the large.
collect_ignore = []
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    collect_ignore += ["test_depth.py", "test_few_posts_and_many.py", "test_hot_queries.py"]
else:
    collect_ignore += ["test_plans_of_sqlite.py"]
