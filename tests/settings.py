"""The product's settings, against a throwaway database on the server for tests."""

import os
import tempfile

from tvaers.database.server import test_server
from tvaers.settings import *  # noqa: F403
from tvaers.settings import DATABASES

for _connection in DATABASES.values():
    _connection |= {
        "HOST": str(test_server().socket_folder),
        "NAME": f"tvaers_test_{os.getpid()}",
        "CONN_MAX_AGE": 0,
    }

_index = tempfile.TemporaryDirectory(prefix="tvaers-index-")
TVAERS_INDEX = _index.name

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
