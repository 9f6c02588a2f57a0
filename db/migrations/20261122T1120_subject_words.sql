-- Words of subjects alone: a word that many texts have and hardly a subject was looked for in all of those texts.
create index search_documents_subject on search_documents using gin (ts_filter(words, '{a}'));
