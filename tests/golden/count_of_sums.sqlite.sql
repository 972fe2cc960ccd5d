-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  sum(CASE WHEN (began <= ended AND size != 'L' AND at < '2026-06-01 00:00:00' AND due >= '2026-03-01' AND amount <= 40.5) THEN units END) AS numerator,
  count(CASE WHEN (began <= ended AND size != 'L' AND at < '2026-06-01 00:00:00' AND due >= '2026-03-01' AND amount <= 40.5) THEN units END) AS n
FROM visits
GROUP BY 1, 2
