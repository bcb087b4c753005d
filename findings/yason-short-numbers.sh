#!/usr/bin/env bash
# Library: Common Lisp YASON 0.7.6 (Debian cl-yason 0.7.6-1.1), with SBCL 2.2.9 and the packages that it needs there.
# Expected: JSON that is read and written again has the same numbers, and `false`, `[]` and `null` stay three values.
# Seen: a number with a fraction is read as a single-float: 125.7625 is written as 125.76249694824219, and 43.115541
#   as 43.11553955078125. `false`, `[]` and `null` are all NIL, and NIL is written as `null`. An integer keeps its digits.
#   With `*read-default-float-format*` as double-float, before parsing and encoding, the numbers are right.
# For readers of the timeline: bind `*read-default-float-format*`, `*parse-json-booleans-as-symbols*`,
#   `*parse-json-arrays-as-vectors*` and `*parse-json-null-as-keyword*`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends sbcl cl-yason=0.7.6-1.1 cl-alexandria \
  cl-trivial-gray-streams 2> /dev/null \
  | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
export SBCL_HOME="$folder/root/usr/lib/sbcl" FOLDER="$folder/" LC_ALL=C.UTF-8
cat > run.lisp <<'LISP'
(require :asdf)
(defvar *folder* (sb-ext:posix-getenv "FOLDER"))
(asdf:initialize-source-registry
 `(:source-registry (:tree ,(concatenate 'string *folder* "root/usr/share/common-lisp/source/")) :ignore-inherited-configuration))
(asdf:initialize-output-translations
 `(:output-translations (t (,(concatenate 'string *folder* "cache/") :implementation)) :ignore-inherited-configuration))
(handler-bind ((warning #'muffle-warning))
  (let ((*standard-output* (make-broadcast-stream)) (*error-output* (make-broadcast-stream)))
    (asdf:load-system :yason)))

(defparameter *text*
  "{\"longitude\":125.7625,\"latitude\":43.115541,\"sequence\":12345678901234567890,\"sure\":true,\"open\":false,\"tags\":[],\"note\":null}")

(defun show ()
  (funcall (find-symbol "ENCODE" :yason) (funcall (find-symbol "PARSE" :yason) *text*) *standard-output*)
  (terpri))

(write-line *text*)
(show)
(let ((*read-default-float-format* 'double-float))
  (show))
LISP
root/usr/bin/sbcl --core "$SBCL_HOME/sbcl.core" --script run.lisp > seen
cat seen
cat > expected <<'TEXT'
{"longitude":125.7625,"latitude":43.115541,"sequence":12345678901234567890,"sure":true,"open":false,"tags":[],"note":null}
{"longitude":125.76249694824219,"latitude":43.11553955078125,"sequence":12345678901234567890,"sure":true,"open":null,"tags":null,"note":null}
{"longitude":125.7625,"latitude":43.115541,"sequence":12345678901234567890,"sure":true,"open":null,"tags":null,"note":null}
TEXT
diff expected seen
