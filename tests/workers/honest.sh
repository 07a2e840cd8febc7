#!/bin/sh
# Speaks the protocol as it should.
. "${0%/*}/speak.sh"
