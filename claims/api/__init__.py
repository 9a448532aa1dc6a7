"""The description of what the site gives to programs: an OpenAPI 3.1 document, made of the forms that read requests."""
