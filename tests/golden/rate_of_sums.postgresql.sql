-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  sum(amount) AS numerator,
  sum(units) AS denominator,
  count(units) AS n
FROM visits
GROUP BY 1, 2
