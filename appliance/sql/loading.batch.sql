SELECT batch FROM meta;
