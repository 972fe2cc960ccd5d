-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (size IS NULL) THEN 1 END) AS numerator,
  count(*) AS denominator,
  count(*) AS n
FROM visits
GROUP BY 1, 2
