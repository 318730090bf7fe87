-- One row per customer whose health or use has turned for the worse by the as-of date and stays so, whoever asks.
select *,
from customers_turned(
    map {}::map (varchar, varchar[]),
    $low_active_share,
    $north_star,
    $task_look_back_days,
    $as_of
)
