"""Reading a page: one module a step; `pipeline` lists the steps in their order and runs them."""
