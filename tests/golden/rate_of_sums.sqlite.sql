-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  sum(amount) AS numerator,
  sum(units) AS denominator,
  count(units) AS n
FROM visits
GROUP BY 1, 2
