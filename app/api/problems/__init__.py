"""Problems: every error of the API, answered as a problem document (RFC 9457).

    Problem
    ├── 400  InvalidCursor · InvalidParameter · RepeatedParameter · TooManyResults · UnknownParameter
    ├── 401  Unauthorized
    ├── 403  InsufficientScope
    ├── 404  NotFound
    ├── 405  MethodNotAllowed
    ├── 408  RequestTimeout
    ├── 409  ImportInProgress · LaterChanges · PossibleDuplicate · StillReferred
    ├── 410  Withdrawn
    ├── 412  PreconditionFailed
    ├── 413  BodyTooLarge
    ├── 414  UriTooLong
    ├── 415  UnsupportedMediaType
    ├── 416  RangeNotSatisfiable
    ├── 422  IdempotencyKeyReused · InvalidRecords
    ├── 428  PreconditionRequired
    ├── 429  TooManyRequests
    ├── 431  HeadersTooLarge
    ├── 500  InternalError
    ├── 501  FormatNotOffered · NotInstalled
    ├── 503  Behind · NotReady · QueryTimeout · ReadOnly
    └── any other status  OtherProblem, without a type

`catalogue` defines them, `openapi` declares them on routes, `from_errors` and `missing` make them
from errors of lower layers, and `handlers` answers them.
"""
