-- The description is none of the present, once it has been put back.
DROP TABLE backup;
