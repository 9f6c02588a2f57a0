-- An index of something worked out is chosen only once it is known how often its words come.
analyze search_documents;
