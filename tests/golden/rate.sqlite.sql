-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (amount > 5) THEN 1 END) AS numerator,
  sum(CASE WHEN (colour = 'red' OR colour = 'blue') THEN units END) AS denominator,
  count(CASE WHEN (colour = 'red' OR colour = 'blue') THEN units END) AS n
FROM visits
GROUP BY 1, 2
