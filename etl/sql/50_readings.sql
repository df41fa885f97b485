-- Files of upstreams that were read and accepted, newest first
SELECT upstream, file, address, published, read_on, sha256, bytes, records, licence, rows_new, rows_revised
FROM core.readings
ORDER BY read_on DESC, upstream, file
