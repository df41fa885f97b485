-- What the checks of the build found, with the reasons for what was accepted.
SELECT check_name, severity::VARCHAR AS severity, place, message, finding_key, accepted_because
FROM serve.checks ORDER BY check_name, place, message
