-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  sum(CASE WHEN (began <= ended AND (size NOT IN ('L')) AND at < CAST('2026-06-01 00:00:00' AS TIMESTAMP WITH TIME ZONE) AND due >= CAST('2026-03-01 00:00:00' AS DATE) AND amount <= 40.5) THEN units END) AS numerator,
  count(CASE WHEN (began <= ended AND (size NOT IN ('L')) AND at < CAST('2026-06-01 00:00:00' AS TIMESTAMP WITH TIME ZONE) AND due >= CAST('2026-03-01 00:00:00' AS DATE) AND amount <= 40.5) THEN units END) AS n
FROM visits
GROUP BY 1, 2
