-- Nobody gets more than ten automatic answers an hour, from whichever mailbox: they are counted by address.
create index outgoing_mail_acknowledged on outgoing_mail (lower(recipients[1]), created_at)
  where kind = 'acknowledgement';
