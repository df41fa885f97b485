-- Publishers we refresh from: rhythm, last reading, and when the next is due
SELECT upstream, title, publisher, licence, rhythm, rhythm_days, home, we_take, leave_out, live, checked_on, n_sources,
       last_read, last_published, next_expected
FROM core.upstreams
