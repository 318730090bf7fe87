-- The stage of a deal: of a list of opportunities those are contracts that were won (M24).
alter table rows_contracts add column deal_status varchar;
