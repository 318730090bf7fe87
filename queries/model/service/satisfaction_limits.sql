-- One row: where satisfaction and scale begin, as the settings say.
select
    $nps_satisfied_from::double as nps_satisfied_from,
    $nps_neutral_from::double as nps_neutral_from,
    $csat_satisfied_from::double as csat_satisfied_from,
    $csat_neutral_from::double as csat_neutral_from,
    $scale_by = 'arr' as is_scale_by_arr,
    $arr_mid_from::double as arr_mid_from,
    $arr_large_from::double as arr_large_from,
