from regpath.ui.main import main

main()
