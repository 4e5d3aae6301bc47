"""The product's settings as in production, but for what a run on one machine without https needs.

The clock can be moved here as in the demo, and mail goes to a real mail server.
"""

import os

from tvaers.settings import *  # noqa: F403

TVAERS_CLOCK_OFFSET = int(os.environ.get("TVAERS_CLOCK_OFFSET") or 0)
EMAIL_TIMEOUT = 5
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
