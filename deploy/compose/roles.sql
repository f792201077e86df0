-- Run once by an administrator of the database: the roles of the program, and the log-in it uses every day. The owner comes beside it.
-- Put words of your own in the place of both.
create role shubbak_app nologin noinherit;
create role shubbak_worker nologin noinherit;
create role shubbak_audit nologin noinherit;
create role shubbak_owner login createrole createdb password 'change-me-owner';
grant shubbak_app, shubbak_worker, shubbak_audit to shubbak_owner with admin option;
create role shubbak_web login noinherit password 'change-me-web' in role shubbak_app;
create database shubbak owner shubbak_owner;
