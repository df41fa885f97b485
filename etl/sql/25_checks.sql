-- Findings of the checks, with the reasons of those accepted
SELECT check_name, severity, place, message, finding_key, accepted_because FROM core.check_results
